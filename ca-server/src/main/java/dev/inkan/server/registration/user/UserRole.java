package dev.inkan.server.registration.user;

/** What a user may do for their organisation. */
public enum UserRole {
  /** マスターユーザー: one per organisation; looks after its general users. */
  MASTER,
  /** 一般ユーザー. */
  GENERAL
}
