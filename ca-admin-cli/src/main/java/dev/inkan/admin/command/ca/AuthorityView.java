package dev.inkan.admin.command.ca;

import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Format;
import dev.inkan.admin.output.Listing;
import dev.inkan.admin.output.Sheet.Paper;
import dev.inkan.core.api.Authority;
import dev.inkan.core.api.AuthorityCertificate;
import dev.inkan.core.api.IssuingAuthority;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the CA and its own certificates look. */
final class AuthorityView {

  private AuthorityView() {}

  /** A certificate of the CA and what it is for. */
  private record Line(String part, AuthorityCertificate certificate) {}

  static int print(Session session, Authority authority, OutputOption output) {
    Listing<Authority> row =
        new Listing<>(
            List.of(
                Column.text("root", it -> it.root().subject()),
                Column.time("root-until", it -> Optional.of(it.root().notAfter())),
                Column.text("issuing", it -> it.issuing().subject()),
                Column.time("issuing-until", it -> Optional.of(it.issuing().notAfter())),
                Column.time(
                    "responder-until", it -> it.responder().map(AuthorityCertificate::notAfter)),
                Column.time("responder-renews", Authority::responderRenewsAt)),
            "");
    return output.one(session, authority, row, paper -> table(authority, paper));
  }

  private static void table(Authority authority, Paper paper) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("root", authority.root()));
    if (authority.issuers().isEmpty()) {
      lines.add(new Line("issuing CA", authority.issuing())); // a server from before rollovers
    }
    authority.issuers().forEach(it -> issuer(it, lines));
    authority.responder().ifPresent(it -> lines.add(new Line("OCSP responder", it)));
    authority.servers().forEach(it -> lines.add(new Line("TLS server", it)));
    new Listing<Line>(
            List.of(
                Column.text("part", Line::part),
                Column.text("subject", it -> it.certificate().subject()),
                Column.serial("serial", it -> Optional.of(it.certificate().serialNumber())),
                Column.day("from", it -> Optional.of(it.certificate().notBefore())),
                Column.end("until", it -> Optional.of(it.certificate().notAfter()))),
            "")
        .print(List.of(lines), Format.TABLE, paper);
    issuers(authority.issuers(), paper);
    authority
        .responderRenewsAt()
        .ifPresent(
            it ->
                paper
                    .out()
                    .println(
                        "The OCSP responder renews itself at " + paper.times().minute(it) + "."));
    paper.out().println("SHA-256 of the root: " + authority.root().fingerprint());
  }

  private static void issuer(IssuingAuthority issuer, List<Line> lines) {
    issuer.certificate().ifPresent(it -> lines.add(new Line("issuing CA " + issuer.name(), it)));
  }

  private static void issuers(List<IssuingAuthority> issuers, Paper paper) {
    if (issuers.isEmpty()) {
      return;
    }
    paper.out().println();
    new Listing<IssuingAuthority>(
            List.of(
                Column.text("issuing CA", IssuingAuthority::name),
                Column.text("does", it -> does(it, paper)),
                Column.maybe("CRL", IssuingAuthority::crlNumber),
                Column.end("CRL until", IssuingAuthority::crlNextUpdate),
                Column.end("responder until", IssuingAuthority::responderNotAfter)),
            "")
        .print(List.of(issuers), Format.TABLE, paper);
    paper.out().println();
  }

  private static String does(IssuingAuthority issuer, Paper paper) {
    return switch (issuer.state()) {
      case AWAITED -> "waits for its certificate";
      case PREPARED -> "publishes, does not issue yet";
      case SCHEDULED ->
          "issues from " + issuer.issuesFrom().map(paper.times()::minute).orElse("") + " on";
      case ISSUING -> "issues";
      case FORMER -> "answers for what it issued";
      case RETIRED -> "nothing any more";
    };
  }
}
