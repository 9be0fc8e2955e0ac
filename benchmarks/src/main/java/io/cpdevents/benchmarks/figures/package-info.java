/** Results, and the targets that they are compared with. */
package io.cpdevents.benchmarks.figures;
