campaign-today = Today
campaign-period = Period assessed
campaign-progress = Tasks
campaign-done-of = { $done } of { $all } done
campaign-own-index = Your agency's index ({ $stream })
campaign-own-more = See the result and how it came about
campaign-means = Mean index of each block ({ $stream })
campaign-ranked = { $ranked } of { $assessed } agencies have an index
campaign-what-is-late = Late
campaign-nothing-late = No task is late.
campaign-what-is-next = Due next
campaign-nothing-next = No task lies ahead.
campaign-timeline = Timeline
campaign-plan = Tasks of the plan
campaign-number = No.
campaign-task = Task
campaign-owner = Owner
campaign-product = Product
campaign-due = Due
campaign-standing = Status
campaign-note = Note
campaign-done = Done
campaign-done-late = { $days ->
    [one] Done, 1 day late
   *[other] Done, { $days } days late
 }
campaign-late = { $days ->
    [one] 1 day late
   *[other] { $days } days late
 }
campaign-running = Under way
campaign-open = Open
campaign-ahead = Ahead
campaign-key-running = Under way or late
campaign-key-late = Time overdue
campaign-key-today = Today, { $day }
campaign-basis = Legal basis
