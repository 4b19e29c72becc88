package dev.inkan.server.simulation;

import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.policy.IssuancePolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Notes by days what ends, and what goes before an end. For one thread. */
public final class Diary {

  private final BankDays days;
  private final IssuancePolicy policy;
  private final Map<LocalDate, SortedMap<Event, List<String>>> entries = new HashMap<>();

  public Diary(BankDays days, IssuancePolicy policy, List<Ending> endings) {
    this.days = days;
    this.policy = policy;
    endings.forEach(this::note);
  }

  BankDays days() {
    return days;
  }

  SortedMap<Event, List<String>> on(LocalDate day) {
    return entries.getOrDefault(day, new TreeMap<>());
  }

  private void note(Ending ending) {
    if (ending instanceof Ending.UserCertificate it) {
      note(dayOf(policy.renewalOpens(it.validity())), Event.RENEWAL_OPENS, it.userId());
      note(dayOf(it.validity().notAfter()), Event.CERTIFICATE_ENDS, it.userId());
    } else if (ending instanceof Ending.OwnCertificate it) {
      noteOwn(dayOf(it.validity().notAfter()), words(it));
    } else if (ending instanceof Ending.InitialPassword it) {
      note(dayOf(it.end()), Event.INITIAL_PASSWORD_ENDS, it.userId());
    } else if (ending instanceof Ending.Invitation it) {
      note(dayOf(it.end()), Event.INVITATION_ENDS, it.organisation());
    } else if (ending instanceof Ending.Lock it) {
      note(dayOf(it.end()), Event.LOCK_ENDS, it.whose());
    }
  }

  private void noteOwn(LocalDate last, String which) {
    String withDate = which + ", until " + last;
    note(last.minusYears(1), Event.OWN_CERTIFICATE_ENDS_IN_A_YEAR, withDate);
    note(last.minusMonths(1), Event.OWN_CERTIFICATE_ENDS_IN_A_MONTH, withDate);
    note(last.minusWeeks(1), Event.OWN_CERTIFICATE_ENDS_IN_A_WEEK, withDate);
    note(last, Event.OWN_CERTIFICATE_ENDS, withDate);
  }

  private static String words(Ending.OwnCertificate own) {
    return words(own.kind()) + " " + own.serialNumber();
  }

  private static String words(CertificateKind kind) {
    return switch (kind) {
      case ROOT -> "root";
      case ISSUING_CA -> "issuing CA";
      case OPERATOR -> "operator's certificate";
      case OCSP_RESPONDER -> "OCSP responder";
      case TLS_SERVER -> "web certificate";
      case AUDIT -> "audit key's certificate";
      case SUBSCRIBER -> throw new IllegalArgumentException("a subscriber's is not our own");
    };
  }

  private void note(LocalDate day, Event event, String whom) {
    entries
        .computeIfAbsent(day, it -> new TreeMap<>())
        .computeIfAbsent(event, it -> new ArrayList<>())
        .add(whom);
  }

  private LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, days.zone());
  }
}
