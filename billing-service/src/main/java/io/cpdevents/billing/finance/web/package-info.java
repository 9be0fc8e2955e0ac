/** The finance pages over HTTP. */
@NullMarked
package io.cpdevents.billing.finance.web;

import org.jspecify.annotations.NullMarked;
