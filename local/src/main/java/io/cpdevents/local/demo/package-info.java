/** The main job, told step by step, through the gateway only. */
@NullMarked
package io.cpdevents.local.demo;

import org.jspecify.annotations.NullMarked;
