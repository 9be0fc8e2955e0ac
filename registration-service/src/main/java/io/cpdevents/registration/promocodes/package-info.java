/** Promo codes of organizations: what is given off, within which limits. */
package io.cpdevents.registration.promocodes;
