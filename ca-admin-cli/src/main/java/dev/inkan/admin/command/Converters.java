package dev.inkan.admin.command;

import dev.inkan.admin.output.Format;
import dev.inkan.core.api.AccountState;
import dev.inkan.core.api.Cause;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.Channel;
import dev.inkan.core.api.MailState;
import dev.inkan.core.api.OrganisationState;
import dev.inkan.core.api.RequestState;
import dev.inkan.core.api.Role;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.RevocationReason;
import java.util.List;
import picocli.CommandLine;

/** Tells picocli how to read this program's own types. */
public final class Converters {

  private static final List<Class<? extends Enum<?>>> ENUMS =
      List.of(
          Format.class,
          AccountState.class,
          Cause.class,
          CertificateState.class,
          Channel.class,
          MailState.class,
          OrganisationState.class,
          RequestState.class,
          Role.class,
          CertificateKind.class,
          RevocationReason.class);

  private Converters() {}

  /** Registers them for {@code line} and all commands below it. */
  public static void register(CommandLine line) {
    line.registerConverter(Moment.class, new Moment.Converter());
    line.registerConverter(SerialArgument.class, new SerialArgument.Converter());
    ENUMS.forEach(type -> register(line, type));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // every class of the list is one enum's
  private static void register(CommandLine line, Class type) {
    line.registerConverter(type, new EnumConverter(type));
  }
}
