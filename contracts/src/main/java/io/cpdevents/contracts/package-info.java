/** What services say to each other. Data only: records, topics and how they are written as JSON. */
@NullMarked
package io.cpdevents.contracts;

import org.jspecify.annotations.NullMarked;
