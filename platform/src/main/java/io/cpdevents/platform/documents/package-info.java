/**
 * What the OpenAPI document says beside what springdoc finds by itself: the refusals of each
 * operation, product names, which fields are always there, and examples.
 */
package io.cpdevents.platform.documents;
