/** The page with the OpenAPI documents of all services, and the public health check. */
package io.cpdevents.gateway.documents;
