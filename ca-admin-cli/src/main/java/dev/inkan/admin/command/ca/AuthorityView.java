package dev.inkan.admin.command.ca;

import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Format;
import dev.inkan.admin.output.Listing;
import dev.inkan.admin.output.Sheet.Paper;
import dev.inkan.core.api.Authority;
import dev.inkan.core.api.AuthorityCertificate;
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
    lines.add(new Line("issuing CA", authority.issuing()));
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
}
