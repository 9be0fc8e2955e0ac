/** How values stand in PostgreSQL's columns, and how lists are read page by page. */
package io.cpdevents.platform.sql;
