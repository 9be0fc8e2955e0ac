/** Every service tells accounts-service what it has about a person, for the person's export. */
package io.cpdevents.platform.personaldata;
