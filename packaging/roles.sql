-- What the bank needs of a PostgreSQL: one role that owns the schema, one that the program works as, a login that may take
-- either, and the database. Run once as a superuser: psql -f roles.sql. Then give the login a password: \password kravbank
create role kravbank_owner nologin;
create role kravbank_app nologin;
create role kravbank login;
grant kravbank_owner, kravbank_app to kravbank;
create database kravbank owner kravbank_owner template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8';
revoke connect, temporary on database kravbank from public;
grant connect, temporary on database kravbank to kravbank;
\connect kravbank
-- PostgreSQL 14 lets everybody make tables here; later versions do not.
revoke create on schema public from public;
grant create, usage on schema public to kravbank_owner;
