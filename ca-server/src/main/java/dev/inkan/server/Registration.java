package dev.inkan.server;

import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.policy.CodePolicy;
import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.http.web.WebApplication;
import dev.inkan.server.registration.AddressChanges;
import dev.inkan.server.registration.Authenticator;
import dev.inkan.server.registration.CertificateApplications;
import dev.inkan.server.registration.CertificateIssue;
import dev.inkan.server.registration.CertificateRenewal;
import dev.inkan.server.registration.CertificateRevocation;
import dev.inkan.server.registration.CodeBook;
import dev.inkan.server.registration.ConfirmedApplications;
import dev.inkan.server.registration.FileDelivery;
import dev.inkan.server.registration.HashingGate;
import dev.inkan.server.registration.InstallationSecret;
import dev.inkan.server.registration.InvitationCheck;
import dev.inkan.server.registration.LogIn;
import dev.inkan.server.registration.MailLanguage;
import dev.inkan.server.registration.MasterRegistrations;
import dev.inkan.server.registration.NewPasswords;
import dev.inkan.server.registration.PasswordChange;
import dev.inkan.server.registration.PasswordChoice;
import dev.inkan.server.registration.PasswordHasher;
import dev.inkan.server.registration.RegistrationCodes;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.Sessions;
import dev.inkan.server.registration.SourceBudget;
import dev.inkan.server.registration.Supersession;
import dev.inkan.server.registration.UserAdministration;
import dev.inkan.server.registration.UserDirectory;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** The registration authority, as the configuration describes it. */
final class Registration {

  private final InkanConfig config;
  private final Host host;
  private final Transactions<RegistrationStores> transactions;
  private final PasswordHasher hasher;
  // One gate and one budget for all passwords: log-ins, the issue flow and registrations.
  private final HashingGate gate;
  private final SourceBudget budget;

  Registration(InkanConfig config, Host host, Transactions<RegistrationStores> transactions) {
    this.config = config;
    this.host = host;
    this.transactions = transactions;
    this.hasher = hasher(config, host);
    InkanConfig.Password password = config.password();
    this.gate = new HashingGate(password.hashingThreads(), password.hashingQueue());
    InkanConfig.SourceBudget sourceBudget = config.sourceBudget();
    this.budget = new SourceBudget(sourceBudget.attempts(), sourceBudget.per());
  }

  static PasswordHasher hasher(InkanConfig config, Host host) {
    InkanConfig.Argon2 argon2 = config.password().argon2();
    return new PasswordHasher(
        new PasswordHasher.Cost(argon2.memoryKib(), argon2.iterations(), argon2.parallelism()),
        host.random());
  }

  /** The desks behind the screens. */
  WebApplication.Desks desks(
      CertificationAuthority<RegistrationStores> authority,
      IssuancePolicy policy,
      InstallationSecret secret,
      RevocationAuthority<RegistrationStores> revocation,
      ExecutorService issueWorkers) {
    Sessions sessions = new Sessions(config.session().idle(), host.clock(), host.random());
    Authenticator authenticator = authenticator();
    NewPasswords passwords = new NewPasswords(hasher, gate);
    CertificateApplications.Chance chance =
        new CertificateApplications.Chance(host.clock(), host.random());
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

  private WebApplication.Users users(CodeBook codes, CertificateApplications.Chance chance) {
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
      NewPasswords passwords, RegistrationCodes codes, CertificateApplications.Chance chance) {
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
