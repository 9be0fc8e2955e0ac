/** Pages, limits and JSON of the API. */
package io.cpdevents.platform.web;
