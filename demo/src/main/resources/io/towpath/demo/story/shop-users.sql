-- What docs/capture.md asks for, and no more: the ledger is not capture's to read.
grant select on customers, orders, order_lines, logins, consent to capture;
do $$ begin
  execute 'create publication towpath_shop_activity_' || current_database()
    || ' for table customers, orders, order_lines, logins, consent';
end $$;
