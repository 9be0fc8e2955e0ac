/** Tells the main job of the platform step by step, through the gateway only. */
package io.cpdevents.local.demo;
