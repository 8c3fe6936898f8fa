-- Who may send in an organisation's name: everybody who belongs to it, or those alone whose role is to speak for it. As long as
-- the organisation has said nothing, what the roles say holds.
alter table organisation add column senders text check (senders in ('everybody', 'entrusted'));
