package dev.inkan.server.doctor;

import dev.inkan.server.config.ConfigurationException;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.MailConfig;
import dev.inkan.server.mail.Greeting;
import dev.inkan.server.mail.SmtpSettings;
import dev.inkan.server.mail.SmtpSubmission;
import java.time.Clock;
import java.util.List;

/** The mail server: reached, protected, logged in to. No mail is sent. */
final class MailExamination implements Examination {

  private static final String PART = "mail";
  private static final String WHY = "no code reaches anybody, so that no certificate is issued";

  private final InkanConfig config;
  private final Clock clock;

  MailExamination(InkanConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  @Override
  public List<Finding> examine() {
    MailConfig mail = config.mail();
    String server = mail.host() + ":" + mail.port();
    try {
      Greeting greeting =
          new SmtpSubmission(
                  SmtpSettings.of(mail),
                  mail.from(),
                  mail.fromName().orElse(config.bank().name()),
                  clock)
              .greet();
      return List.of(
          greeting.kind() == Greeting.Kind.GREETED
              ? Finding.ok(PART, server + " takes mails")
              : Finding.fault(
                  PART, server + ": " + greeting.reason(), WHY, cure(greeting.kind(), mail)));
    } catch (ConfigurationException e) {
      return List.of(
          Finding.fault(
              PART,
              String.valueOf(e.getMessage()),
              WHY,
              "correct the file that mail.trust-file names"));
    }
  }

  private static String cure(Greeting.Kind kind, MailConfig mail) {
    return switch (kind) {
      case UNREACHABLE ->
          "start the mail server, open the way to it, or correct mail.host and mail.port";
      case UNPROTECTED ->
          mail.security() == MailConfig.Security.STARTTLS
              ? "have the mail server offer STARTTLS with a certificate for "
                  + mail.host()
                  + ", put its CA into mail.trust-file, or correct mail.security"
              : "correct mail.security, or put the mail server's CA into mail.trust-file";
      case LOGIN_REFUSED -> "correct mail.username and the file that mail.password-file names";
      case GREETED, REFUSED -> "ask whoever runs the mail server what it means by that";
    };
  }
}
