/** Ways to put on load: a closed loop of users, or an open load whose rate does not wait. */
package io.cpdevents.benchmarks.load;
