/** Statements: what exactly a payout pays. */
package io.cpdevents.payout.statements;
