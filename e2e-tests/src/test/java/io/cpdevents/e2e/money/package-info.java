/**
 * A simulation of money. A seed decides what people, banks and Stripe do and what goes wrong; then
 * everything has to add up to the cent.
 */
package io.cpdevents.e2e.money;
