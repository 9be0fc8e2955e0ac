/** One rule for the text that people type, and one for e-mail addresses. */
package io.cpdevents.platform.text;
