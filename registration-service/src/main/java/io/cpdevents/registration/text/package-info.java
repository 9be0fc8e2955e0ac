/** Constraints on text that people type. */
package io.cpdevents.registration.text;
