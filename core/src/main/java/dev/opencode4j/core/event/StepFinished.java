package dev.opencode4j.core.event;

import dev.opencode4j.core.reply.Usage;
import java.math.BigDecimal;

/**
 * The model finished one step of the turn; a turn that calls tools has several. One of a {@code partId} that was told
 * before corrects that one.
 *
 * @param partId the id of the part that closes the step
 * @param usage the step's tokens
 * @param cost the step's cost
 * @param reason why the model stopped, such as {@code stop} or {@code tool-calls}
 */
public record StepFinished(String partId, Usage usage, BigDecimal cost, String reason) implements AgentEvent {}
