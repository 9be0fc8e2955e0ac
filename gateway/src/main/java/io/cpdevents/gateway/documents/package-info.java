/** The OpenAPI documents of all services at one page, and the public health answer. */
package io.cpdevents.gateway.documents;
