package dev.inkan.server;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.registration.MailEntry;
import dev.inkan.server.registration.MailNumber;
import dev.inkan.server.registration.MailState;
import dev.inkan.server.registration.RegistrationStores;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mail retry}: has a waiting mail handed over now. */
@Command(
    name = "retry",
    description = {
      "Has a mail that waits for another try handed over at once.",
      "A mail that was sent, refused or dropped has no text any more: then this says what to do."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage",
      "3:no mail has this number",
      "4:it does not wait, or is being handed over; nothing changed"
    },
    mixinStandardHelpOptions = true)
final class MailRetryCommand implements Callable<Integer> {

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;
  @Spec private CommandSpec spec;

  @Option(
      names = "--number",
      paramLabel = "N",
      required = true,
      description = "The mail's number, which stands in the mail.")
  private long number;

  MailRetryCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  private record Retried(Optional<MailEntry> mail, boolean hastened) {}

  @Override
  public Integer call() {
    InkanConfig loaded = config.load();
    try (Storage storage = Storage.open(loaded, clock, random)) {
      Actor actor = new Actor(Actor.Kind.SYSTEM, loaded.node().value());
      return report(storage.transactions().inTransaction(stores -> retry(stores, actor)));
    }
  }

  private Retried retry(RegistrationStores stores, Actor actor) {
    Instant now = clock.instant();
    MailNumber mail = new MailNumber(number);
    boolean hastened = stores.mails().hasten(mail, now);
    if (hastened) {
      stores
          .audit()
          .append(
              new AuditEvent(
                  now,
                  actor,
                  AuditAction.MAIL_RETRIED,
                  Optional.empty(),
                  Optional.empty(),
                  "mail " + mail));
    }
    return new Retried(stores.mails().find(mail), hastened);
  }

  private int report(Retried retried) {
    PrintWriter err = spec.commandLine().getErr();
    if (retried.mail().isEmpty()) {
      return notFound(err, number);
    }
    if (retried.hastened()) {
      spec.commandLine()
          .getOut()
          .println("mail " + number + " is due now; a running server hands it over in seconds");
      return ExitStatus.DONE;
    }
    MailEntry mail = retried.mail().get();
    err.println("error: mail " + number + " " + standing(mail) + "; nothing changed");
    if (mail.state() != MailState.QUEUED) {
      err.println("Its text is erased and cannot be sent again. " + instead(mail));
    }
    err.println("try: inkan-server mail list --number " + number);
    return ExitStatus.REFUSED;
  }

  static int notFound(PrintWriter err, long number) {
    err.println("error: no mail has the number " + number);
    err.println("try: inkan-server mail list");
    return ExitStatus.NOT_FOUND;
  }

  private static String standing(MailEntry mail) {
    return switch (mail.state()) {
      case QUEUED -> "is being handed over at this moment";
      case SENT -> "was taken by the mail server";
      case REFUSED -> "was refused by the mail server";
      case DROPPED -> "was dropped, because it had become pointless";
    };
  }

  /** What gets the reader what the mail was to tell. */
  private static String instead(MailEntry mail) {
    return switch (mail.kind()) {
      case "code" -> "The user asks for the code again on the code's screen, or begins again at ④.";
      case "register-code" -> "The master user begins the registration again with the letter.";
      case "address-code" -> "The master user begins the change of address again.";
      default ->
          "Is the address right? A master user changes that of a general user; for a master user"
              + " use master initialise. Then tell the user by telephone.";
    };
  }
}
