package dev.inkan.admin.command;

import dev.inkan.admin.output.Sheet;
import dev.inkan.admin.output.Words;
import dev.inkan.core.api.Asked;

/** How it looks who asked for a revocation. */
public final class AskedView {

  private AskedView() {}

  /** Adds the lines. */
  public static void lines(Sheet sheet, Asked asked) {
    sheet
        .line("asked by", asked.askedBy() + " (" + Words.of(asked.channel()) + ")")
        .line("cause", Words.of(asked.cause()))
        .line("reason on the CRL", Words.of(asked.cause().reason()))
        .time("lost", asked.lostAt())
        .line("note", asked.note());
  }
}
