package dev.inkan.admin.command.cert;

import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Releases a certificate from its hold (D1). */
@Command(
    name = "release",
    description = {
      "Releases a certificate from its hold: it counts again.",
      "Shows whose certificate it is, and asks."
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin cert release 7f3a --note \"PC found in the office\"",
      "  inkan-admin cert release 7f3a --yes"
    },
    mixinStandardHelpOptions = true)
final class CertReleaseCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private HoldSteps steps;

  CertReleaseCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    return steps.carryOut(
        desk,
        "release",
        (certificate, session) -> CertificateStanding.requireHeld(certificate, session.times()),
        "This releases a certificate; its holder can log in again:");
  }
}
