/** Reads and writes values of PostgreSQL columns, and pages of lists. */
package io.cpdevents.platform.sql;
