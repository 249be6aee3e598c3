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

# How sure a ranking is.
certainty-title = How sure the ranking is: { $block }
certainty-link = How sure is this ranking?
certainty-nothing = Fewer than two agencies have an index after the final appraisal, so that nothing can be said about how sure the ranking is.
certainty-how = The final ranking was computed { $replicates } times anew. Each time the answers counted in the survey are drawn anew, the weight of each field moves up or down by at most { $weights }, and one of the two ways of averaging is taken. An interval holds { $level } of the times. Appraised points stay as they are.
certainty-groups = There are { $n } groups of agencies whose order the figures cannot tell; groups may overlap.
certainty-interval = { $level } interval
certainty-axis = From rank 1 to { $last }
certainty-ranks = Ranks held
certainty-tied = Tied with ranks
certainty-hint = Two agencies are tied where neither is above the other in more than 95% of the times. This is said beside the result; index and official rank stay as they are.
certainty-why = Which choice moves the ranking
certainty-shift = An agency moves by { $shift } ranks on average. The shares below (Sobol indices) say how much each choice has to do with it.
certainty-choice = Choice
certainty-alone = By itself
certainty-in-all = Together with others too
certainty-answers = Who answered the survey
certainty-averaging = How the survey is averaged
certainty-weight = Weight: { $field }
certainty-without = If each criterion were left out
certainty-criterion = Criterion left out
certainty-mean-shift = Ranks moved, on average
certainty-most-shift = At most
