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
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** The words that an option takes: {@code key-compromise} for {@code KEY_COMPROMISE}. */
public abstract class EnumWords implements Iterable<String> {

  private final List<String> words;

  EnumWords(Enum<?>... constants) {
    this.words = Arrays.stream(constants).map(EnumWords::word).toList();
  }

  /** How an option spells {@code constant}; a valid certificate is {@code good}. */
  public static String word(Enum<?> constant) {
    return constant == CertificateState.VALID
        ? "good"
        : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Iterator<String> iterator() {
    return words.iterator();
  }

  @Override
  public String toString() {
    return String.join(", ", words);
  }

  /** Of {@link Format}. */
  public static final class Formats extends EnumWords {
    public Formats() {
      super(Format.values());
    }
  }

  /** Of {@link Cause}. */
  public static final class Causes extends EnumWords {
    public Causes() {
      super(Cause.values());
    }
  }

  /** Of {@link Channel}. */
  public static final class Channels extends EnumWords {
    public Channels() {
      super(Channel.values());
    }
  }

  /** Of {@link RevocationReason}, without those that are the CA's own. */
  public static final class Reasons extends EnumWords {
    public Reasons() {
      super(
          Arrays.stream(RevocationReason.values())
              .filter(RevocationReason::allowedForAdministrators)
              .toArray(RevocationReason[]::new));
    }
  }

  /** Of {@link CertificateState}. */
  public static final class CertificateStates extends EnumWords {
    public CertificateStates() {
      super(CertificateState.values());
    }
  }

  /** Of {@link CertificateKind}. */
  public static final class Kinds extends EnumWords {
    public Kinds() {
      super(CertificateKind.values());
    }
  }

  /** Of {@link AccountState}. */
  public static final class AccountStates extends EnumWords {
    public AccountStates() {
      super(AccountState.values());
    }
  }

  /** Of {@link OrganisationState}. */
  public static final class OrganisationStates extends EnumWords {
    public OrganisationStates() {
      super(OrganisationState.values());
    }
  }

  /** Of {@link RequestState}. */
  public static final class RequestStates extends EnumWords {
    public RequestStates() {
      super(RequestState.values());
    }
  }

  /** Of {@link MailState}. */
  public static final class MailStates extends EnumWords {
    public MailStates() {
      super(MailState.values());
    }
  }

  /** Of {@link Role}. */
  public static final class Roles extends EnumWords {
    public Roles() {
      super(Role.values());
    }
  }
}
