/** How values stand in PostgreSQL's columns, and how lists are read page by page. */
@NullMarked
package io.cpdevents.platform.sql;

import org.jspecify.annotations.NullMarked;
