/** Every operation of the live OpenAPI documents, with junk and as people who may not. */
package io.cpdevents.e2e.api;
