/** Small pages for the links in mails and for the way back from checkout, without a web app. */
package io.cpdevents.gateway.pages;
