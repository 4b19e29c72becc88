package dev.inkan.admin.command;

import dev.inkan.admin.command.audit.AuditNoun;
import dev.inkan.admin.command.bulk.BulkNoun;
import dev.inkan.admin.command.ca.CaNoun;
import dev.inkan.admin.command.cert.CertNoun;
import dev.inkan.admin.command.crl.CrlNoun;
import dev.inkan.admin.command.mail.MailNoun;
import dev.inkan.admin.command.master.MasterNoun;
import dev.inkan.admin.command.operator.OperatorNoun;
import dev.inkan.admin.command.org.OrgNoun;
import dev.inkan.admin.command.report.ReportNoun;
import dev.inkan.admin.command.request.RequestNoun;
import dev.inkan.admin.command.user.UserNoun;
import java.util.List;

/** All nouns, in the order of the help. */
public final class Nouns {

  private Nouns() {}

  /** The nouns; their verbs' classes are not loaded yet. */
  public static List<Noun> all() {
    return List.of(
        new Noun(
            "cert",
            "Certificates: find, show, revoke, hold, release, export.",
            List.of("inkan-admin cert list --user yamada01", "inkan-admin cert revoke --help"),
            CertNoun::verbs),
        new Noun(
            "request",
            "Requests to revoke: who asked, how, why, who decided.",
            List.of("inkan-admin request list --state open", "inkan-admin request approve 7"),
            RequestNoun::verbs),
        new Noun(
            "bulk",
            "Revocations of many certificates, made by «cert revoke».",
            List.of("inkan-admin bulk list --state open", "inkan-admin bulk approve 12"),
            BulkNoun::verbs),
        new Noun(
            "org",
            "Organisations: register, suspend, close.",
            List.of("inkan-admin org list", "inkan-admin org show 0012"),
            OrgNoun::verbs),
        new Noun(
            "master",
            "Master users: letter, lock, block.",
            List.of("inkan-admin master show 0012", "inkan-admin master initialise 0012"),
            MasterNoun::verbs),
        new Noun(
            "user",
            "Users: find, show, unlock, unblock.",
            List.of("inkan-admin user list --text 山田", "inkan-admin user show yamada01"),
            UserNoun::verbs),
        new Noun(
            "mail",
            "Mails to users: what became of them.",
            List.of("inkan-admin mail list --user yamada01", "inkan-admin mail retry 341"),
            MailNoun::verbs),
        new Noun(
            "report",
            "Reports: expiring, undelivered, activity.",
            List.of("inkan-admin report expiring --days 60", "inkan-admin report undelivered"),
            ReportNoun::verbs),
        new Noun(
            "crl",
            "CRLs: show, publish, compare with the ledger.",
            List.of("inkan-admin crl show", "inkan-admin crl diff"),
            CrlNoun::verbs),
        new Noun("ca", "The CA's own certificates.", List.of("inkan-admin ca show"), CaNoun::verbs),
        new Noun(
            "operator",
            "Operators: who of the bank's staff may do what.",
            List.of("inkan-admin operator list", "inkan-admin operator add --help"),
            OperatorNoun::verbs),
        new Noun(
            "audit",
            "The audit log: read, export, verify.",
            List.of("inkan-admin audit list --user yamada01", "inkan-admin audit export --help"),
            AuditNoun::verbs));
  }
}
