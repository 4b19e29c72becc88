package dev.inkan.admin;

/** What the admin API answers, as its description says, in its own JSON. */
final class Answers {

  static final String SERIAL = "7f3a09c1d2e3f4a5b6c7d8e9fa0bc21e";
  static final String OTHER_SERIAL = "19bd55c1d2e3f4a5b6c7d8e9fa0b04aa";

  static final String SELF =
      """
      {"name":"kimura","displayName":"木村 花子","roles":["CLERK"],
       "credentialNotAfter":"2027-11-22T03:00:00Z","zone":"Asia/Tokyo",
       "secondOperator":"BULK","version":"0.1.0","newerThanThisProgram":{"a":[1,2,{"b":null}]}}""";

  static final String VALID = certificate(SERIAL, "VALID", "");
  static final String HELD =
      certificate(
          SERIAL,
          "HELD",
          "\"revocation\":{\"at\":\"2026-11-22T01:00:00Z\",\"reason\":\"CERTIFICATE_HOLD\"},");
  static final String REVOKED =
      certificate(
          SERIAL,
          "REVOKED",
          "\"revocation\":{\"at\":\"2026-11-20T01:02:00Z\",\"reason\":\"KEY_COMPROMISE\","
              + "\"invalidityDate\":\"2026-11-19T09:30:00Z\",\"request\":7},");

  private Answers() {}

  static String page(String... items) {
    return "{\"items\":[" + String.join(",", items) + "]}";
  }

  static String pageWithNext(String next, String... items) {
    return "{\"items\":[" + String.join(",", items) + "],\"next\":\"" + next + "\"}";
  }

  /** A user's certificate; {@code more} is further fields, each with a comma behind. */
  static String certificate(String serial, String state, String more) {
    return certificate(serial, state, "yamada01", "山田 太郎", more);
  }

  static String certificate(String serial, String state, String user, String name, String more) {
    return """
        {"serialNumber":"%s","kind":"SUBSCRIBER","state":"%s","subscriber":"0012/%s",
         "userId":"%s","userName":"%s","organisation":"0012","organisationName":"千葉県教職員組合",
         "issuedAt":"2026-11-21T16:30:00Z","notBefore":"2026-11-21T16:30:00Z",
         "notAfter":"2027-11-22T03:00:00Z",%s
         "fingerprint":"%s","file":{"until":"2026-11-21T16:45:00Z"}}"""
        .formatted(serial, state, user, user, name, more, "ab".repeat(32));
  }

  static final String ASKED =
      """
      {"askedBy":"佐藤 花","channel":"PHONE","cause":"LOST","lostAt":"2026-11-20T09:30:00Z"}""";

  static String request(String state, String itemState) {
    return """
        {"number":7,"state":"%s","asked":%s,"userId":"yamada01","organisation":"0012","held":true,
         "createdAt":"2026-11-22T03:00:00Z","createdBy":"kimura",
         "certificates":[{"serialNumber":"%s","userId":"yamada01","state":"%s"}]}"""
        .formatted(state, ASKED, SERIAL, itemState);
  }

  static String bulk(String state, int revoked, int total) {
    return """
        {"number":12,"state":"%s","asked":%s,"organisation":"0012",
         "progress":{"total":%d,"revoked":%d,"alreadyRevoked":0,"pending":%d},
         "createdAt":"2026-11-22T03:00:00Z","createdBy":"kimura"}"""
        .formatted(state, ASKED, total, revoked, total - revoked);
  }

  static String preview(String unknown, String created) {
    return """
        {"certificates":2,"users":2,"organisations":1,"unknown":[%s],"alreadyRevoked":[],
         "first":[%s,%s]%s}"""
        .formatted(
            unknown,
            VALID,
            certificate(OTHER_SERIAL, "VALID", "sato0002", "佐藤 花", ""),
            created.isEmpty() ? "" : ",\"created\":" + created);
  }

  static String organisation(String state) {
    return """
        {"number":"0012","name":"千葉県教職員組合","state":"%s",
         "master":{"userId":"chiba001","state":"ACTIVE"},
         "letter":{"loginId":"LG-4711","state":"USED","until":"2026-12-22T15:00:00Z"},
         "users":14,"validCertificates":12}"""
        .formatted(state);
  }

  static final String LETTER =
      """
      {"organisation":"0012","organisationName":"千葉県教職員組合","title":"ご利用開始のお知らせ",
       "loginId":"LG-4711","initialPassword":"initial-8-secret","until":"2026-12-22T15:00:00Z",
       "text":"ご利用開始のお知らせ\\nログインID LG-4711\\n初期パスワード initial-8-secret\\n",
       "pdf":"JVBERi0xLjc=","missing":["𠮷 (U+20BB7)"]}""";

  static final String MASTER =
      """
      {"organisation":"0012","organisationName":"千葉県教職員組合",
       "user":{"userId":"chiba001","name":"千葉 一郎","mail":"c***@example.jp","role":"MASTER",
        "organisation":"0012","organisationName":"千葉県教職員組合","state":"BLOCKED",
        "validCertificates":1},
       "letter":{"loginId":"LG-4711","state":"OPEN","until":"2026-12-22T15:00:00Z"},
       "validCertificates":[%s]}"""
          .formatted(VALID);

  static final String USER =
      """
      {"userId":"yamada01","name":"山田 太郎","mail":"yamada@example.jp","role":"GENERAL",
       "organisation":"0012","organisationName":"千葉県教職員組合","state":"LOCKED",
       "lockedUntil":"2026-11-22T03:30:00Z","validCertificates":1}""";

  static final String MAIL =
      """
      {"number":341,"state":"REFUSED","kind":"code","userId":"yamada01","to":"yamada@example.jp",
       "attempts":3,"createdAt":"2026-11-22T02:00:00Z","endedAt":"2026-11-22T02:30:00Z",
       "reason":"=550 no such\\u001b[31m user","advice":"Correct the address."}""";

  static String operator(String state) {
    return """
        {"name":"ono","displayName":"小野 進","roles":["APPROVER","AUDITOR"],"state":"%s",
         "createdAt":"2026-11-01T00:00:00Z","createdBy":"init",
         "credentials":[{"serialNumber":"%s","fingerprint":"%s","state":"VALID",
          "notBefore":"2026-11-01T00:00:00Z","notAfter":"2027-11-01T00:00:00Z"}]}"""
        .formatted(state, OTHER_SERIAL, "cd".repeat(32));
  }

  static final String CREDENTIAL =
      """
      {"operator":%s,"fileName":"ono.p12","pkcs12":"MIIK","passphrase":"pass-9-phrase"}"""
          .formatted(operator("ACTIVE"));

  static final String CRL =
      """
      {"kind":"FULL","issuer":"CN=Issuing","number":"41","thisUpdate":"2026-11-22T03:00:00Z",
       "nextUpdate":"2026-11-23T03:00:00Z","entries":3,"octets":512,
       "url":"http://pki.example/crl/issuing.crl"}""";

  static final String AUTHORITY =
      """
      {"root":{"subject":"CN=Root","serialNumber":"%s","fingerprint":"%s",
        "notBefore":"2026-11-01T00:00:00Z","notAfter":"2046-11-01T00:00:00Z"},
       "issuing":{"subject":"CN=Issuing","serialNumber":"%s","fingerprint":"%s",
        "notBefore":"2026-11-01T00:00:00Z","notAfter":"2036-11-01T00:00:00Z"},
       "issuers":[
         {"name":"issuing","state":"FORMER",
          "certificate":{"subject":"CN=Older","serialNumber":"%s","fingerprint":"%s",
            "notBefore":"2026-11-01T00:00:00Z","notAfter":"2036-11-01T00:00:00Z"},
          "crlNumber":"41","crlNextUpdate":"2026-11-24T00:00:00Z",
          "responderNotAfter":"2026-12-20T00:00:00Z"},
         {"name":"issuing-2","state":"ISSUING","issuesFrom":"2026-11-20T00:00:00Z"}],
       "servers":[]}"""
          .formatted(
              SERIAL,
              "ab".repeat(32),
              OTHER_SERIAL,
              "cd".repeat(32),
              OTHER_SERIAL,
              "cd".repeat(32));

  static final String AUDIT_LINE =
      """
      {"number":88,"at":"2026-11-22T03:00:00Z","actorKind":"OPERATOR","actor":"kimura",
       "action":"CERTIFICATE_REVOKED","userId":"yamada01","serialNumber":"%s",
       "detail":"key compromise"}"""
          .formatted(SERIAL);
}
