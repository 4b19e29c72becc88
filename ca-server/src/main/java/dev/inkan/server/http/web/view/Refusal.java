package dev.inkan.server.http.web.view;

import java.util.List;
import java.util.Optional;

/**
 * Why somebody cannot go on, in the words they read.
 *
 * @param step where in the issue flow; empty outside it
 * @param title what happened
 * @param reason why, and until when
 * @param next what to do, one sentence an item
 * @param askHelpdesk whether the helpdesk's number is shown large
 * @param back where to go on
 */
public record Refusal(
    Optional<Step> step,
    String title,
    String reason,
    List<String> next,
    boolean askHelpdesk,
    WayBack back) {

  public Refusal {
    next = List.copyOf(next);
  }

  static Refusal at(
      Step step, String title, String reason, List<String> next, boolean ask, WayBack back) {
    return new Refusal(Optional.of(step), title, reason, next, ask, back);
  }

  static Refusal outside(String title, String reason, List<String> next, boolean ask) {
    return new Refusal(Optional.empty(), title, reason, next, ask, WayBack.MENU);
  }
}
