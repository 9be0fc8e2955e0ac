package io.cpdevents.accounts.factors;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The removal of all second factors of a person, by an operator.
 *
 * @param despiteUse whether somebody else has added them, so that a use calls nothing off
 * @param reason why, as the operator has typed it
 * @param requestedBy the operator's account
 * @param dueAt when it happens, unless it is called off
 * @param calledOffAt when the person has used a factor after all, or an operator called it off
 * @param removedAt when it happened
 */
@Schema(name = "FactorRemoval")
public record FactorRemovalView(
    UUID id,
    boolean despiteUse,
    String reason,
    UUID requestedBy,
    Instant requestedAt,
    Instant dueAt,
    @Nullable Instant calledOffAt,
    @Nullable Instant removedAt) {}
