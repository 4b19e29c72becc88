package dev.inkan.server.service;

import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.policy.CodePolicy;
import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.http.web.WebApplication;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.access.Authenticator;
import dev.inkan.server.registration.access.LogIn;
import dev.inkan.server.registration.access.Sessions;
import dev.inkan.server.registration.access.SourceBudget;
import dev.inkan.server.registration.account.MailLanguage;
import dev.inkan.server.registration.account.NewPasswords;
import dev.inkan.server.registration.account.PasswordChange;
import dev.inkan.server.registration.account.PasswordChoice;
import dev.inkan.server.registration.administration.AddressChanges;
import dev.inkan.server.registration.administration.UserAdministration;
import dev.inkan.server.registration.administration.UserDirectory;
import dev.inkan.server.registration.application.CertificateApplications;
import dev.inkan.server.registration.application.ConfirmedApplications;
import dev.inkan.server.registration.certificate.CertificateIssue;
import dev.inkan.server.registration.certificate.CertificateRenewal;
import dev.inkan.server.registration.certificate.CertificateRevocation;
import dev.inkan.server.registration.certificate.FileDelivery;
import dev.inkan.server.registration.certificate.Supersession;
import dev.inkan.server.registration.invitation.InvitationCheck;
import dev.inkan.server.registration.master.MasterRegistrations;
import dev.inkan.server.registration.master.RegistrationCodes;
import dev.inkan.server.registration.secret.Chance;
import dev.inkan.server.registration.secret.CodeBook;
import dev.inkan.server.registration.secret.HashingGate;
import dev.inkan.server.registration.secret.InstallationSecret;
import dev.inkan.server.registration.secret.PasswordHasher;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** The registration authority, as the configuration describes it. */
public final class Registration {

  private final InkanConfig config;
  private final Host host;
  private final Transactions<RegistrationStores> transactions;
  private final PasswordHasher hasher;
  // One gate and one budget for all passwords: log-ins, the issue flow and registrations.
  private final HashingGate gate;
  private final SourceBudget budget;

  public Registration(
      InkanConfig config, Host host, Transactions<RegistrationStores> transactions) {
    this.config = config;
    this.host = host;
    this.transactions = transactions;
    this.hasher = hasher(config, host);
    InkanConfig.Password password = config.password();
    this.gate = new HashingGate(password.hashingThreads(), password.hashingQueue());
    InkanConfig.SourceBudget sourceBudget = config.sourceBudget();
    this.budget = new SourceBudget(sourceBudget.attempts(), sourceBudget.per());
  }

  public static PasswordHasher hasher(InkanConfig config, Host host) {
    InkanConfig.Argon2 argon2 = config.password().argon2();
    return new PasswordHasher(
        new PasswordHasher.Cost(argon2.memoryKib(), argon2.iterations(), argon2.parallelism()),
        host.random());
  }

  /** The desks behind the screens. */
  public WebApplication.Desks desks(
      CertificationAuthority<RegistrationStores> authority,
      IssuancePolicy policy,
      InstallationSecret secret,
      RevocationAuthority<RegistrationStores> revocation,
      ExecutorService issueWorkers) {
    Sessions sessions = new Sessions(config.session().idle(), host.clock(), host.random());
    Authenticator authenticator = authenticator();
    NewPasswords passwords = new NewPasswords(hasher, gate);
    Chance chance = new Chance(host.clock(), host.random());
    CodeBook codes = new CodeBook(secret);
    CertificateApplications applications =
        new CertificateApplications(
            transactions, authenticator, authority, sessions, codes, codePolicy(), chance);
    CertificateIssue issue =
        new CertificateIssue(
            transactions,
            authority,
            sessions,
            issueWorkers,
            new CertificateIssue.Terms(host.node(), policy.zone(), config.download().retention()),
            chance);
    LogIn logIn =
        new LogIn(
            transactions,
            authenticator,
            sessions,
            policy,
            followUp(new CertificateRevocation(revocation)),
            host.clock());
    ConfirmedApplications confirmed = new ConfirmedApplications(authority, sessions, chance);
    RegistrationCodes registrationCodes =
        new RegistrationCodes(transactions, codes, codePolicy(), confirmed, chance);
    return new WebApplication.Desks(
        sessions,
        applications,
        issue,
        new FileDelivery(transactions, applications, host.clock()),
        logIn,
        new PasswordChoice(transactions, applications, sessions, passwords, chance),
        new PasswordChange(transactions, authenticator, logIn, sessions, passwords, host.clock()),
        new WebApplication.Home(
            renewal(confirmed, authenticator, sessions),
            new MailLanguage(transactions, host.clock())),
        registrations(passwords, registrationCodes, chance),
        registrationCodes,
        users(codes, chance));
  }

  private WebApplication.Users users(CodeBook codes, Chance chance) {
    return new WebApplication.Users(
        new UserDirectory(transactions, host.clock()),
        new UserAdministration(
            transactions, hasher, gate, config.registration().initialPasswordLifetime(), chance),
        new AddressChanges(transactions, codes, codePolicy(), chance));
  }

  private Optional<CertificateRenewal> renewal(
      ConfirmedApplications applications, Authenticator authenticator, Sessions sessions) {
    return config.certificate().renewWithCertificate()
        ? Optional.of(
            new CertificateRenewal(
                transactions, authenticator, applications, sessions, host.clock()))
        : Optional.empty();
  }

  private LogIn.FollowUp followUp(CertificateRevocation revocation) {
    return config.certificate().supersedeOnFirstUse()
        ? new Supersession(transactions, revocation, host.clock())
        : LogIn.FollowUp.NONE;
  }

  private MasterRegistrations registrations(
      NewPasswords passwords, RegistrationCodes codes, Chance chance) {
    return new MasterRegistrations(
        transactions,
        new InvitationCheck(transactions, hasher, gate, budget, lockoutPolicy(), host.clock()),
        passwords,
        budget,
        codes,
        chance);
  }

  private Authenticator authenticator() {
    return new Authenticator(transactions, hasher, gate, budget, lockoutPolicy(), host.clock());
  }

  private LockoutPolicy lockoutPolicy() {
    InkanConfig.Lockout lockout = config.lockout();
    return new LockoutPolicy(lockout.failures(), lockout.duration(), lockout.locks());
  }

  private CodePolicy codePolicy() {
    InkanConfig.Code code = config.code();
    return new CodePolicy(
        CodePolicy.BANK.digits(),
        code.lifetime(),
        code.tries(),
        code.resendAfter(),
        code.perDay(),
        CodePolicy.BANK.voidCodesUntilLocked());
  }
}
