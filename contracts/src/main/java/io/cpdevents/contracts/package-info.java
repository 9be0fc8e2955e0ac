/** What services say to each other. Data only: records, topics and how they are written as JSON. */
package io.cpdevents.contracts;
