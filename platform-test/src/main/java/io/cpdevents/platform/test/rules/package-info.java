/** The rules of the house in ArchUnit's language, one class for each thing that they are about. */
package io.cpdevents.platform.test.rules;
