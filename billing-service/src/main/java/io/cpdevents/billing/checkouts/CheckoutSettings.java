package io.cpdevents.billing.checkouts;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Stripe's page may send a buyer back to.
 *
 * @param publicUrl the platform's own address
 * @param webUrl the web app's; empty where there is none
 * @param allowedOrigins further ones, whose pages may call the API
 */
@ConfigurationProperties("cpd.checkout")
public record CheckoutSettings(
    @DefaultValue("http://localhost:8080") String publicUrl,
    @DefaultValue("") String webUrl,
    @DefaultValue List<String> allowedOrigins) {}
