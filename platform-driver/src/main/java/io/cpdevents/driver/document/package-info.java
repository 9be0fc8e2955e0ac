/** The API's OpenAPI document, and whether what is asked and answered is as it says. */
package io.cpdevents.driver.document;
