results-title = Ranking: { $block }
results-blocks = Block
results-streams = Result after
results-chart = Bar chart: the index of each agency by rank, coloured by band, with a line at the block's mean. The table below has the figures.
results-mean = Block mean
results-pair = { $what }: { $figure }
results-ranked = Agencies
results-ranked-of = { $ranked } of { $all } ranked
results-rank = Rank
results-name = Agency
results-appraisal = Appraisal
results-survey = Survey
results-bonus = Bonus
results-penalty = Penalty
results-maximum = Maximum
results-index = Index (%)
results-band = Band
results-change = Since self-assessment
results-sorted-rising = Sorted by { $column }, rising
results-sorted-falling = Sorted by { $column }, falling
results-missing = { $n ->
    [one] 1 item missing
   *[other] { $n } items missing
 }
results-why = { $index } %: how the index of { $name } came about
results-hint = Index = 100 × (appraisal + survey + bonus − penalty) ÷ maximum. Items that do not apply are not in the maximum. Ranks compare unrounded figures; follow an index to see how it came about.
results-not-assessed = Not assessed this time
