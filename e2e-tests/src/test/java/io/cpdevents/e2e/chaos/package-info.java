/**
 * Faults while a crowd registers and pays: processes are killed, suspended or away, and afterwards
 * everything that anybody was told must be true. These tests start a platform of their own.
 */
package io.cpdevents.e2e.chaos;
