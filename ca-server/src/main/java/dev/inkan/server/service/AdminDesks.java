package dev.inkan.server.service;

import dev.inkan.core.api.Letter;
import dev.inkan.core.api.SecondOperator;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.Ledger;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.store.Journal;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.http.admin.AdminApplication;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.Letters;
import dev.inkan.server.installation.Version;
import dev.inkan.server.letter.WelcomeLetter;
import dev.inkan.server.letter.WelcomePdf;
import dev.inkan.server.letter.WelcomeText;
import dev.inkan.server.operation.AuditArchive;
import dev.inkan.server.operation.AuditDesk;
import dev.inkan.server.operation.AuthorityDesk;
import dev.inkan.server.operation.BulkDesk;
import dev.inkan.server.operation.CertificateDesk;
import dev.inkan.server.operation.CertificateStatusAuthority;
import dev.inkan.server.operation.CrlOffice;
import dev.inkan.server.operation.IssuingAuthorities;
import dev.inkan.server.operation.LedgerStatusAuthority;
import dev.inkan.server.operation.MailDesk;
import dev.inkan.server.operation.MasterDesk;
import dev.inkan.server.operation.OperationStores;
import dev.inkan.server.operation.OperatorGate;
import dev.inkan.server.operation.Operators;
import dev.inkan.server.operation.OrganisationDesk;
import dev.inkan.server.operation.RefusalLog;
import dev.inkan.server.operation.RequestDesk;
import dev.inkan.server.operation.ResponderOffice;
import dev.inkan.server.operation.UserDesk;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.invitation.IssuedInvitation;
import dev.inkan.server.registration.invitation.MasterInvitations;
import dev.inkan.server.registration.invitation.MasterLocks;
import dev.inkan.server.registration.invitation.Organisations;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** The desks behind the admin API, as the configuration describes them. */
public final class AdminDesks {

  private final InkanConfig config;
  private final Host host;
  private final Transactions<OperationStores> transactions;
  private final Authorities authorities;
  private final Journal journal;

  public AdminDesks(
      InkanConfig config,
      Host host,
      Transactions<OperationStores> transactions,
      Authorities authorities,
      Journal journal) {
    this.config = config;
    this.host = host;
    this.transactions = transactions;
    this.authorities = authorities;
    this.journal = journal;
  }

  /** What the other parts of this server do for operators. */
  public record Offices(
      Optional<CrlOffice> crls,
      Optional<ResponderOffice> responder,
      Optional<AuditArchive> archive) {}

  public AdminApplication.Desks desks(Offices offices) {
    CertificateStatusAuthority authority = statusAuthority();
    SecondOperator policy = policy();
    MasterInvitations invitations = invitations();
    return new AdminApplication.Desks(
        new OperatorGate(transactions, authority, host.clock()),
        new RefusalLog(transactions, host.clock()),
        operators(),
        new CertificateDesk(transactions, authority, policy, host.clock()),
        new RequestDesk(transactions, authority, policy, host.clock()),
        new BulkDesk(transactions, authority, policy, host.clock()),
        new OrganisationDesk(
            transactions, new Organisations(invitations, host.clock()), this::letter, host.clock()),
        new MasterDesk(
            transactions,
            invitations,
            new MasterLocks(registration(), host.clock()),
            this::letter,
            host.clock()),
        new UserDesk(transactions, host.clock()),
        new MailDesk(transactions, host.clock()),
        new AuditDesk(transactions, offices.archive(), host.clock()),
        new AuthorityDesk(
            transactions,
            authorities.certificates().stream().map(IssuingAuthorities::described).toList(),
            offices.crls(),
            offices.responder(),
            host.clock()));
  }

  public AdminApplication.Setting setting() {
    return new AdminApplication.Setting(
        config.bank().zone(), policy(), new Version().getVersion()[0]);
  }

  private SecondOperator policy() {
    return SecondOperator.valueOf(config.operation().secondOperator().name());
  }

  private CertificateStatusAuthority statusAuthority() {
    return new LedgerStatusAuthority(
        new RevocationAuthority<>(
            new Ledger<>(transactions, journal, authorities.unfinished()), host.clock()));
  }

  private Operators operators() {
    return new Operators(
        transactions,
        authorities.operatorCertificates(transactions, journal),
        new Operators.Terms(config.bank().name(), config.operation().credentialDays()),
        host.clock(),
        host.random());
  }

  private MasterInvitations invitations() {
    return new MasterInvitations(
        registration(),
        Registration.hasher(config, host),
        config.registration().initialPasswordLifetime(),
        host.clock(),
        host.random());
  }

  private Transactions<RegistrationStores> registration() {
    return new Transactions<>() {
      @Override
      public <R> R inTransaction(Function<RegistrationStores, R> work) {
        return transactions.inTransaction(work::apply);
      }
    };
  }

  private Letter letter(IssuedInvitation issued, boolean first) {
    WelcomeLetter letter =
        Letters.of(
            config, issued, first ? WelcomeLetter.Occasion.START : WelcomeLetter.Occasion.CHANGE);
    WelcomePdf pdf = WelcomePdf.of(letter);
    byte[] octets = pdf.toByteArray();
    char[] password = issued.password().toCharArray();
    try {
      return new Letter(
          letter.organisation().number(),
          letter.organisation().name(),
          letter.occasion().title(),
          letter.loginId().value(),
          new String(password),
          letter.until(),
          WelcomeText.of(letter),
          Base64.getEncoder().encodeToString(octets),
          pdf.missing().stream().sorted().map(Character::toString).toList());
    } finally {
      Arrays.fill(octets, (byte) 0);
      Arrays.fill(password, '\0');
    }
  }
}
