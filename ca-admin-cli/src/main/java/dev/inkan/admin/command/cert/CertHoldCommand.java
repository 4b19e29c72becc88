package dev.inkan.admin.command.cert;

import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Puts a certificate on hold (D1). */
@Command(
    name = "hold",
    description = {
      "Puts a certificate on hold: it stops counting until it is released or revoked.",
      "Shows whose certificate it is, and asks."
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin cert hold 7f3a --note \"PC not found, user looks for it\"",
      "  inkan-admin cert hold 7f3a --yes"
    },
    mixinStandardHelpOptions = true)
final class CertHoldCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private HoldSteps steps;

  CertHoldCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    return steps.carryOut(
        desk,
        "hold",
        (certificate, session) -> CertificateStanding.requireUnheld(certificate, session.times()),
        "This puts a certificate on hold; its holder cannot log in until it is released:");
  }
}
