phase-draft = Chuẩn bị
phase-open = Tự đánh giá
phase-appraisal1 = Thẩm định lần 1
phase-explanation = Giải trình
phase-appraisal2 = Thẩm định lần 2
phase-council = Hội đồng thẩm định
phase-decided = Hội đồng đã quyết định
phase-published = Đã công bố
phase-archived = Đã lưu trữ

role-standing_body = Cơ quan thường trực
role-officer = Cán bộ của đơn vị
role-head = Thủ trưởng đơn vị
role-appraiser = Thành viên Tổ công tác
role-council = Thành viên Hội đồng thẩm định
role-survey_officer = Cán bộ điều tra xã hội học
role-monitor = Đoàn giám sát
role-finance = Cán bộ tài chính
role-operator = Quản trị hệ thống

role-reads-standing_body = Xem kế hoạch, xếp hạng và kết quả của mọi đơn vị.
role-reads-officer = Xem kế hoạch và kết quả của đơn vị mình; sau khi công bố xem được tất cả.
role-reads-head = Xem kế hoạch và kết quả của đơn vị mình; sau khi công bố xem được tất cả.
role-reads-appraiser = Xem kế hoạch, xếp hạng và kết quả của mọi đơn vị.
role-reads-council = Xem kế hoạch, xếp hạng và kết quả của mọi đơn vị.
role-reads-survey_officer = Xem kế hoạch; sau khi công bố xem được kết quả.
role-reads-monitor = Xem kế hoạch; sau khi công bố xem được kết quả.
role-reads-finance = Xem kế hoạch; sau khi công bố xem được kết quả.
role-reads-operator = Xem kế hoạch, không xem điểm.

stream-self = Tự đánh giá
stream-appraisal1 = Thẩm định lần 1
stream-final = Lần 2 và Hội đồng

word-yes = Có
word-no = Không
word-up = tăng
word-down = giảm
word-same = không đổi
word-not-applicable = Không áp dụng
word-applies = Có áp dụng
word-missing = Còn thiếu
word-nothing-owed = Không phát sinh
word-survey = Điều tra xã hội học
word-external = Số liệu nhập
